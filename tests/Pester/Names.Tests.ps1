BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Names$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace
        Invoke-Ip -n $ns link add 'x[1]' type veth peer name x1
        Invoke-Ip -n $ns address add 192.0.2.1/24 dev 'x[1]'
        Invoke-Ip -n $ns address add 192.0.2.2/24 dev x1
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'takes an escaped wildcard for the name itself in <Command>' -ForEach @(
        @{ Command = 'Get-NetAdapter'; Parameter = 'Name' }
        @{ Command = 'Get-NetAdapter'; Parameter = 'InterfaceAlias' }
        @{ Command = 'Get-NetIPAddress'; Parameter = 'InterfaceAlias' }
    ) {
        $given = @{ $Parameter = [WildcardPattern]::Escape('x[1]'); NetNamespace = $ns }
        (& $Command @given).InterfaceAlias | Should -BeExactly 'x[1]'
        $given.$Parameter = 'x[1]'
        (& $Command @given).InterfaceAlias | Should -BeExactly 'x1'
    }

    It 'takes the name of a piped object for no wildcard' {
        $adapter = Get-NetAdapter -NetNamespace $ns | Where-Object Name -EQ 'x[1]'
        ($adapter | Get-NetIPAddress).IPAddress | Should -Be '192.0.2.1'
        ($adapter | Get-NetAdapter).Name | Should -BeExactly 'x[1]'
        ($adapter | Get-NetIPAddress | Remove-NetIPAddress -PassThru).IPAddress | Should -Be '192.0.2.1'
        (Get-NetIPAddress -NetNamespace $ns -AddressFamily IPv4 -InterfaceAlias x*).IPAddress | Should -Be '192.0.2.2'
    }

    It 'lists only the namespace given as an argument: <Case>' -ForEach @(
        @{ Case = '*'; Text = '*' }, @{ Case = '[a]'; Text = '[a]' }, @{ Case = 'x['; Text = 'x[' }
        @{ Case = 'a backtick'; Text = 'a`b' }, @{ Case = 'ESC'; Text = "`e[31m" }
    ) {
        $name = "$ns$Text"
        $made = New-NetNamespace $name
        try {
            $copies = @(
                $made | ConvertTo-Json | ConvertFrom-Json
                $made | ConvertTo-Csv | ConvertFrom-Csv
                [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($made))
            )
            foreach ($each in @($made) + $copies) {
                (Get-NetNamespace $each).Name | Should -BeExactly $name
                ($each | Get-NetNamespace).Name | Should -BeExactly $name
            }
        }
        finally {
            $made | Remove-NetNamespace
        }
    }

    It 'refuses what is no wildcard: <_>' -ForEach @(
        { Get-NetAdapter 'x[' }, { Get-NetRoute -InterfaceAlias 'x[' }, { Get-NetIPAddress 'x[' }, { Get-NetNamespace 'x[' }
        { Get-EgressVeth 'x[' }, { Get-ContainerEgress 'x[' }, { Get-EgressNat 'x[' }, { Remove-NetNamespace 'x[' }
        { Remove-ContainerEgress 'x[' }, { Remove-NetRoute 192.0.2.0/24 -InterfaceAlias 'x[' }
    ) {
        $_ | Should -Throw '*is not a wildcard: a bracket is not closed*' -ErrorId 'InvalidArgument,*'
    }

    It 'acts on an object argument, not on what its text matches' {
        $name = "$ns*"
        $null = $name, "${ns}b" | ForEach-Object { New-NetNamespace $_ }
        try {
            $all = Get-NetNamespace
            Remove-NetNamespace ($all | Where-Object Name -EQ $name)
            (Get-NetNamespace "$ns*").Name | Sort-Object | Should -Be $ns, "${ns}b"
        }
        finally {
            Remove-NetNamespace ([WildcardPattern]::Escape($name)), "${ns}b" -ErrorAction Ignore
        }

        $address = Get-NetIPAddress 192.0.2.2 -NetNamespace $ns
        (Remove-NetIPAddress $address -PassThru).IPAddress | Should -Be '192.0.2.2'
        (Get-NetIPAddress -NetNamespace $ns -AddressFamily IPv4 -InterfaceAlias x*).IPAddress | Should -Be '192.0.2.1'
    }

    It 'is an error if a piped interface''s name is now another''s' {
        $adapter = Get-NetAdapter x1 -NetNamespace $ns
        Invoke-Ip -n $ns link set x1 name y1
        Invoke-Ip -n $ns link add x1 type veth peer name x2
        { $adapter | New-NetIPAddress 198.51.100.1/24 -ErrorAction Stop } |
            Should -Throw -ErrorId 'InterfaceNotFound,*'
        { $adapter | Get-NetIPAddress -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound,*'
        { $adapter | Get-NetAdapter -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound,*'
    }

    It 'is the object in an error''s target, or the text as typed' {
        $other = Get-FreshNamespace
        try {
            Invoke-Ip -n $ns link set x1 up
            Invoke-Ip -n $ns link set 'x[1]' up
            $objects = @(Get-NetRoute 192.0.2.0/24 -InterfaceAlias x1 -NetNamespace $ns; Get-NetIPAddress 192.0.2.2 -NetNamespace $ns)
            $faults = @(
                $objects[0] | New-NetRoute -NetNamespace $other -ErrorAction SilentlyContinue -ErrorVariable +fault
                $objects[0] | Remove-NetRoute -NetNamespace $other -ErrorAction SilentlyContinue -ErrorVariable +fault
                $objects[1] | New-NetIPAddress -NetNamespace $other -ErrorAction SilentlyContinue -ErrorVariable +fault
                $objects[1] | Remove-NetIPAddress -NetNamespace $other -ErrorAction SilentlyContinue -ErrorVariable +fault
                Get-NetRoute -InterfaceAlias x1 -NetNamespace $other -ErrorAction SilentlyContinue -ErrorVariable +fault
            ) + $fault
            $faults.FullyQualifiedErrorId | Should -BeLike 'InterfaceNotFound,*'
            0..3 | ForEach-Object { [object]::ReferenceEquals($faults[$_].TargetObject, $objects[$_ -gt 1]) | Should -BeTrue }
            $faults[4].TargetObject | Should -BeExactly 'x1'
        }
        finally {
            Remove-IfThere $other
        }
    }

    It 'is named in prompts and by -Verbose of <Name>' -ForEach @(
        @{ Name = 'New-NetRoute'; Script = { New-NetRoute 10.9.0.0/16 @given } }
        @{ Name = 'New-NetRoute -Force'; Script = { New-NetRoute 10.9.0.0/16 @given -Mtu 1400 -Force } }
        @{ Name = 'Set-NetRoute'; Script = { Set-NetRoute 10.9.0.0/16 -NetNamespace $ns -RouteMetric 7 -Verbose } }
        @{ Name = 'Remove-NetRoute'; Script = { Remove-NetRoute 10.9.0.0/16 -NetNamespace $ns -Verbose } }
    ) {
        Invoke-Ip -n $ns link set x1 up
        Invoke-Ip -n $ns link set 'x[1]' up
        if ($Name -ne 'New-NetRoute') {
            Invoke-Ip -n $ns route add 10.9.0.0/16 dev x1
        }

        $given = @{ InterfaceIndex = (Get-NetAdapter x1 -NetNamespace $ns).ifIndex; NetNamespace = $ns; Verbose = $true }
        $said = @(. $Script 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })
        $said.Count | Should -BeGreaterThan 1
        $said.Message | Should -Match ' dev x1( |"|$)'
        $said.Message | Should -Not -Match ' dev \d'
    }

    It 'goes by the name and not by the index in another namespace' {
        $other = Get-FreshNamespace
        try {
            1..3 | ForEach-Object { Invoke-Ip -n $other link add "f$_" type veth peer name "g$_" }
            Invoke-Ip -n $other link add x1 type veth peer name x2
            Invoke-Ip -n $other address add 203.0.113.9/24 dev x1
            Invoke-Ip -n $other link set x1 up
            Invoke-Ip -n $ns link set x1 up
            Invoke-Ip -n $ns address add 203.0.113.9/24 dev x1
            $adapter = Get-NetAdapter x1 -NetNamespace $ns
            $there = Get-NetAdapter x1 -NetNamespace $other
            $there.ifIndex | Should -Not -Be $adapter.ifIndex
            ($adapter | Get-NetAdapter -NetNamespace $other).ifIndex | Should -Be $there.ifIndex
            ($adapter | Get-NetIPAddress -NetNamespace $other -AddressFamily IPv4).IPAddress | Should -Be '203.0.113.9'
            ($adapter | New-NetIPAddress 198.51.100.1/24 -NetNamespace $other).ifIndex | Should -Be $there.ifIndex
            Get-NetRoute 203.0.113.0/24 -NetNamespace $ns | Remove-NetRoute -NetNamespace $other
            Get-NetRoute 203.0.113.0/24 -NetNamespace $other -ErrorAction Ignore | Should -BeNullOrEmpty
            Get-NetRoute 203.0.113.0/24 -NetNamespace $ns | Should -HaveCount 1
            Get-NetIPAddress 203.0.113.9 -NetNamespace $ns | Remove-NetIPAddress -NetNamespace $other
            Get-NetIPAddress 203.0.113.9 -NetNamespace $other -ErrorAction Ignore | Should -BeNullOrEmpty
        }
        finally {
            Remove-IfThere $other
        }
    }

    It 'keeps control characters of a name from the terminal' {
        Invoke-Ip -n $ns link set x1 name "e$([char] 27)]x"
        $adapter = Get-NetAdapter -NetNamespace $ns | Where-Object Name -Like 'e*'
        $adapter.Name | Should -BeExactly "e$([char] 27)]x"
        Invoke-Ip -n $ns link set "e$([char] 27)]x" alias "a$([char] 27)]x" up
        Invoke-Ip -n $ns link set 'x[1]' up
        $adapter = Get-NetAdapter -NetNamespace $ns | Where-Object Name -Like 'e*'
        $all = @($adapter; Get-NetRoute 192.0.2.0/24 -InterfaceIndex $adapter.ifIndex -NetNamespace $ns; Get-NetIPAddress 192.0.2.2 -NetNamespace $ns)
        foreach ($view in { $_ }, { $_ | Format-List }, { $_ | Format-Table }, { $_ | Format-Wide }) {
            $all | ForEach-Object { & $view | Out-String } | Should -Not -Match '\x1b\]x'
        }

        $all | ForEach-Object { $_ | Format-List | Out-String } | Should -Match 'e\ufffd\]x'
        $adapter | Format-List | Out-String | Should -Match 'a\ufffd\]x'
        $adapter.AliasText | Should -BeExactly "a$([char] 27)]x"
        $fault = { Get-NetAdapter "q$([char] 27)x" -NetNamespace $ns -ErrorAction Stop } | Should -Throw -PassThru
        "$fault" | Should -Not -Match '\x1b'
        foreach ($each in 'ConciseView', 'NormalView', 'CategoryView') {
            $ErrorView = $each
            $fault | Out-String | Should -Not -Match '\x1bx'
        }

        $fault.TargetObject | Should -BeExactly "q$([char] 27)x"
        $path = "/run/netns/$ns$([char] 27)]x"
        $null = New-Item -ItemType SymbolicLink $path -Target "/run/netns/$ns"
        try {
            $given = @{ ContainerId = 'c'; IPAddress = '10.9.0.5/24'; Gateway = '10.9.0.1'; NoNat = $true; NetNamespace = $path }
            $null = Start-Transcript ($file = New-TemporaryFile) -UseMinimalHeader
            New-ContainerEgress @given -WhatIf
            $null = Stop-Transcript
            Get-Content $file -Raw | Should -Match 'What if: .*\ufffd\]x'
            Get-Content $file -Raw | Should -Not -Match '\x1b\]x'
            Get-NetNamespace "$ns?*" | Format-List | Out-String | Should -Not -Match '\x1b\]x'
        }
        finally {
            $path, $file.FullName | ForEach-Object { [System.IO.File]::Delete($_) }
        }

        Remove-NetIPAddress 192.0.2.2 -NetNamespace $ns -Verbose 4>&1 | Out-String | Should -Not -Match '\x1b\]x'
    }
}
