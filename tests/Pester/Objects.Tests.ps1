BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Objects$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1 mtu 1400
        $null = New-EgressVeth eth0 $ns

        function Get-Everything {
            Get-NetRoute -NetNamespace $ns -RouteTable all
            Get-NetIPAddress -NetNamespace $ns
            Get-NetAdapter -NetNamespace $ns
            Get-NetNamespace $ns
            Get-EgressVeth -NetNamespace $ns
            $result = ConvertFrom-CniResult $PSScriptRoot/../../examples/ipam.json
            $result
            $result.Routes
        }

        # Every property with its value, as text.
        function Get-PropertyText([object] $Object) {
            $Object.PSObject.Properties | ForEach-Object { "$($_.Name)=$($_.Value)" }
        }
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'are of seven types' {
        Get-Everything | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique | Should -Be @(
            'CniIPAddress', 'CniNetRoute', 'EgressVeth', 'NetAdapter', 'NetIPAddress', 'NetNamespace', 'NetRoute'
        )
    }

    It 'may be the first argument wherever they are input' {
        $missing = Get-Command -Module EgressNet | ForEach-Object {
            $name = $_.Name
            $_.ParameterSets.Where({ $_.Name -eq 'ByInputObject' }).Parameters |
                Where-Object { $_.Name -eq 'InputObject' -and $_.Position -ne 0 } | ForEach-Object { $name }
        }
        # The JSON of a result is text, and the first argument a path; Get- reads anew what is piped; the gateway comes
        # first behind an address.
        $missing -notlike 'Get-*' | Should -Be 'ConvertFrom-CniResult', 'Set-PointToPointGateway'
    }

    It 'are what they are as an argument, copies too' {
        Invoke-Ip -n $ns route add 10.8.0.0/16 dev v0 table 100
        $route = Get-NetRoute 10.8.0.0/16 -RouteTable 100 -NetNamespace $ns
        foreach ($each in $route, ($route | ConvertTo-Json | ConvertFrom-Json)) {
            Remove-NetRoute $each
            Get-RouteText $ns '-4 route show table 100' | Should -BeNullOrEmpty
            $back = New-NetRoute $each
            "$($back.RouteTable) $($back.NetNamespace)" | Should -BeExactly "100 $ns"
        }

        $address = Get-NetIPAddress 192.0.2.5 -NetNamespace $ns
        Remove-NetIPAddress $address
        $back = New-NetIPAddress $address
        "$($back.IPAddress) $($back.NetNamespace)" | Should -BeExactly "192.0.2.5 $ns"
        $other = New-NetNamespace (Get-NewName)
        Remove-NetNamespace $other
        Get-NetNamespace $other.Name -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'are refused for a text: <_>' -ForEach @(
        { Get-NetAdapter $adapter }, { Get-NetRoute $adapter }, { Get-NetIPAddress $adapter, 'x' }, { Get-EgressVeth $adapter }
        { Get-ContainerEgress $adapter }, { Get-EgressNat $adapter }
        { Set-PointToPointGateway $address 192.0.2.1 }, { Set-PointToPointGateway $address -Gateway 192.0.2.1 }
        { Remove-NetRoute $address -WhatIf }, { Set-NetRoute $address -Mtu 1400 -WhatIf }, { New-NetRoute $address -WhatIf }
        { Remove-NetRoute $copy -WhatIf }, { Remove-NetRoute $route, '198.51.100.0/24' -WhatIf }
        { Remove-NetIPAddress $adapter -WhatIf }, { New-NetIPAddress $route -WhatIf }, { New-NetRoute @($address) -WhatIf }
        { Remove-EgressVeth $adapter -NetNamespace $ns -WhatIf }, { New-EgressVeth $adapter $ns -WhatIf }
        { Remove-ContainerEgress $adapter -WhatIf }, { Repair-ContainerEgress $adapter -WhatIf }
        { Test-ContainerEgress $adapter }, { New-ContainerEgress $adapter $ns 10.1.2.3/24 -WhatIf }
        { Remove-EgressNat $address -WhatIf }, { New-EgressNat $address c1 -WhatIf }
        { Get-NetNamespace $adapter }, { New-NetNamespace $adapter -WhatIf }, { Remove-NetNamespace $adapter -WhatIf }
    ) {
        $adapter = Get-NetAdapter v0 -NetNamespace $ns
        $address = Get-NetIPAddress 192.0.2.5 -NetNamespace $ns
        $route = Get-NetRoute fe80::/64 -NetNamespace $ns | Select-Object -First 1
        $copy = [System.Management.Automation.PSSerializer]::Deserialize(
            [System.Management.Automation.PSSerializer]::Serialize($address))
        $fault = $_ | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -PassThru
        "$fault" | Should -Match 'is an object of type Net|is neither a whole Net'
    }

    It 'have a name that is no namespace''s: <_>' -ForEach 'Get-NetNamespace', 'New-NetNamespace', 'Remove-NetNamespace' {
        $command = $_
        $name = Get-NewName
        Invoke-Ip -n $ns link add $name type veth peer name peer
        $adapter = Get-NetAdapter $name -NetNamespace $ns
        $copy = [System.Management.Automation.PSSerializer]::Deserialize(
            [System.Management.Automation.PSSerializer]::Serialize($adapter))
        $made = New-NetNamespace $name
        try {
            foreach ($each in $adapter, $copy, ($adapter | Select-Object *)) {
                { $each | & $command -ErrorAction Stop } | Should -Throw '*is an object of type NetAdapter*'
            }

            { $adapter | ConvertTo-Json | ConvertFrom-Json | & $command -ErrorAction Stop } |
                Should -Throw "*'$name' is the name of an object of another kind*"

            ($made | Get-NetNamespace).Cookie | Should -Be $made.Cookie
        }
        finally {
            $made | Remove-NetNamespace
            Invoke-Ip -n $ns link delete $name
        }
    }

    It 'come back from a job with every property' {
        foreach ($each in Get-Everything) {
            $back = [System.Management.Automation.PSSerializer]::Deserialize(
                [System.Management.Automation.PSSerializer]::Serialize($each))
            $back.PSTypeNames[0] | Should -BeExactly "Deserialized.$($each.GetType().FullName)"
            "$back" | Should -BeExactly "$each"
            Get-PropertyText $back | Should -BeExactly (Get-PropertyText $each)
        }
    }

    It 'have a value for every column' {
        foreach ($each in Get-Everything) {
            $view = (Get-FormatData $each.GetType().FullName -PowerShellVersion 7.6).FormatViewDefinition
            $columns = ($view.Control.Rows.Columns.DisplayEntry | Where-Object ValueType -EQ Property).Value
            $columns | Should -Not -BeNullOrEmpty
            $columns | Should -BeIn $each.PSObject.Properties.Name
        }
    }

    It 'are what <_> declares' -ForEach 'Get-NetRoute', 'Get-NetIPAddress', 'Get-NetAdapter', 'Get-EgressVeth' {
        $seen = & $_ -NetNamespace $ns
        $seen | Should -Not -BeNullOrEmpty
        $seen | Should -BeOfType (Get-Command $_).OutputType.Type
    }

    It 'have the same texts in the culture <_>' -ForEach 'tr-TR', 'de-DE', 'ar-SA', '' {
        try {
            $culture = [cultureinfo]::GetCultureInfo($_)
        }
        catch {
            Set-ItResult -Skipped -Because "this .NET knows no culture $_ (needs libicu)"
            return
        }

        # Routes of link-local addresses come in the kernel's own time.
        for ($i = 0; $i -lt 100 -and "$expected" -cne ($read = (Get-Everything | ForEach-Object { "$_"; Get-PropertyText $_ })); $i++) {
            $expected = $read
        }

        $before = [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = $culture
            $texts = Get-Everything | ForEach-Object { "$_"; Get-PropertyText $_ }
            $made = New-NetRoute 10.1.0.0/16 -InterfaceAlias v0 -Mtu 1300 -RouteTable MAIN -NetNamespace $ns
            $made | Remove-NetRoute
        }
        finally {
            [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture = $before
        }

        $texts | Should -BeExactly $expected
        "$made" | Should -Be '10.1.0.0/16'
    }
}
