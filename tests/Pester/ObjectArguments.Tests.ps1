BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "An object where a text is wanted$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24'
        Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1
        $route = Get-NetRoute 198.51.100.0/24 -NetNamespace $ns
        $address = Get-NetIPAddress 192.0.2.5 -NetNamespace $ns
        $adapter = Get-NetAdapter v0 -NetNamespace $ns
        $before = Get-Dump $ns
    }

    AfterEach {
        Assert-Same $before (Get-Dump $ns)
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'is refused with the parameter named: <Command> -<Parameter>' -ForEach @(
        @{ Command = 'Remove-NetRoute'; Parameter = 'DestinationPrefix'; Value = 'route' }
        @{ Command = 'Set-NetRoute'; Parameter = 'DestinationPrefix'; Value = 'route'; Others = @{ Mtu = 1400 } }
        @{ Command = 'Remove-NetIPAddress'; Parameter = 'IPAddress'; Value = 'address' }
        @{ Command = 'Get-NetRoute'; Parameter = 'DestinationPrefix'; Value = 'route' }
        @{ Command = 'Get-NetRoute'; Parameter = 'NextHop'; Value = 'address' }
        @{ Command = 'Get-NetRoute'; Parameter = 'InterfaceAlias'; Value = 'adapter' }
        @{ Command = 'Remove-NetRoute'; Parameter = 'InterfaceAlias'; Value = 'adapter'
            Others = @{ DestinationPrefix = '198.51.100.0/24' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'InterfaceAlias'; Value = 'adapter'
            Others = @{ IPAddress = '192.0.2.9/24' } }
        @{ Command = 'New-EgressVeth'; Parameter = 'HostInterface'; Value = 'adapter'
            Others = @{ Name = 'e0'; NetNamespace = '1' } }
    ) {
        $object = Get-Variable $Value -ValueOnly
        if (-not $Others) {
            $Others = @{}
        }

        foreach ($given in $object, @($object, $object), ($object | Select-Object *)) {
            $Others[$Parameter] = $given
            { & $Command @Others -ErrorAction Stop } | Should -Throw "*$Parameter*object of type *" -Because "$given"
        }
    }

    It 'as the first argument is the very object' {
        $twin = Get-FreshNamespace -Link -Address '192.0.2.5/24'
        try {
            Invoke-Ip -n $twin route add 198.51.100.0/24 via 192.0.2.1
            Remove-NetRoute (Get-NetRoute 198.51.100.0/24 -NetNamespace $twin)
            Get-RouteText $twin '-4 route show 198.51.100.0/24' | Should -BeNullOrEmpty
        }
        finally {
            Remove-IfThere $twin
        }
    }

    It 'is no namespace for <Command>: <Kind>' -ForEach @(
        foreach ($command in 'New-NetNamespace', 'Get-NetNamespace', 'Remove-NetNamespace') {
            @{ Command = $command; Kind = 'source NAT from JSON'
                Object = '{"IPAddress":"10.0.0.5","Nat":"Masquerade","Owner":"egress/c/eg0","ContainerId":"c","Name":"{0}"}' }
            @{ Command = $command; Kind = 'an interface from JSON'; Object = '{"Name":"{0}","InterfaceIndex":2}' }
            @{ Command = $command; Kind = 'a container from JSON'; Object = '{"Name":"{0}","HostInterface":"v"}' }
        }
    ) {
        $json = $Object.Replace('{0}', ($Command -like 'New-*' ? (Get-NewName) : $ns))
        { $json | ConvertFrom-Json | & $Command -ErrorAction Stop } | Should -Throw '*is the name of an object of another kind*'
        "/run/netns/$ns" | Should -Exist
    }

    It 'is no namespace where Select-Object left its name alone' {
        $named = $adapter | Select-Object @{ n = 'Name'; e = { $ns } }
        { $named | Remove-NetNamespace -ErrorAction Stop } | Should -Throw '*object of type NetAdapter*'
        "/run/netns/$ns" | Should -Exist
    }

    It 'names a namespace where it is a row with columns of its own' {
        $name = Get-NewName
        [pscustomobject]@{ Name = $name; ContainerId = 'c1'; IPAddress = '10.0.0.5/24' } | New-NetNamespace | Remove-NetNamespace
        "/run/netns/$name" | Should -Not -Exist
    }
}
