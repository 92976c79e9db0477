BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $copies = @(
        @{ Way = 'nothing'; Copy = { $_ } }
        @{ Way = 'Export-Clixml'; Copy = { $file = "$TestDrive/copy.xml"; $_ | Export-Clixml $file; Import-Clixml $file } }
        @{ Way = 'ConvertTo-Json'; Copy = { $_ | ConvertTo-Json | ConvertFrom-Json } }
        @{ Way = 'ConvertTo-Csv'; Copy = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
    )
}

Describe "NetNeighbor$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        # The neighbors of ip, without those that the kernel makes for itself.
        function Get-IpNeighbor([string] $Query = 'show nud all') {
            Get-IpJson $ns "neighbour $Query" | Where-Object dst -NotLike 'ff0*'
        }

        function Get-NeighborText([string] $Query = 'show nud all') {
            Get-RouteText $ns "neighbour $Query" | Where-Object { $_ -notlike 'ff0*' } | Sort-Object
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        $index = (Get-IpJson $ns 'link show dev v0').ifindex
        @(
            'neighbour add 192.0.2.1 lladdr 02:00:00:00:00:01 dev v0'
            'neighbour add 192.0.2.2 lladdr 02:00:00:00:00:02 dev v0 nud stale'
            'neighbour add 192.0.2.3 dev v0 nud failed'
            'neighbour add 192.0.2.4 lladdr 02:00:00:00:00:04 dev v0 nud reachable extern_learn'
            'neighbour add 192.0.2.6 lladdr 02:00:00:00:00:06 dev v1 nud noarp'
            'neighbour add 192.0.2.1 lladdr 02:00:00:00:00:11 dev v1 nud stale'
            'neighbour add fd00:2::1 lladdr 02:00:00:00:00:01 dev v0 router'
            'neighbour add proxy 192.0.2.7 dev v0'
        ) | Invoke-Ip -n $ns -batch -
    }

    AfterEach {
        Remove-IfThere $ns
    }

    Context 'Get-NetNeighbor' {
        It 'lists what ip lists' {
            $ours = Get-NetNeighbor -NetNamespace $ns | ForEach-Object { "$_ $($_.InterfaceAlias) $($_.LinkLayerAddress)" }
            $theirs = Get-IpNeighbor 'show' | ForEach-Object { "$($_.dst) $($_.dev) $($_.lladdr)" }
            $ours | Sort-Object | Should -Be ($theirs | Sort-Object)
        }

        It 'filters by <Name> <Value>' -ForEach @(
            @{ Name = 'IPAddress'; Value = '192.0.2.2'; Seen = '192.0.2.2' }
            @{ Name = 'IPAddress'; Value = 'FD00:2:0::1'; Seen = 'fd00:2::1' }
            @{ Name = 'IPAddress'; Value = '192.0.2.[12]'; Seen = '192.0.2.1', '192.0.2.1', '192.0.2.2' }
            @{ Name = 'IPAddress'; Value = '192.0.2.6'; Seen = '192.0.2.6' }
            @{ Name = 'InterfaceAlias'; Value = 'v1'; Seen = '192.0.2.1' }
            @{ Name = 'ifAlias'; Value = '*1'; Seen = '192.0.2.1' }
            @{ Name = 'State'; Value = 'Permanent'; Seen = '192.0.2.1', 'fd00:2::1' }
            @{ Name = 'State'; Value = 'Unreachable'; Seen = '192.0.2.3' }
            @{ Name = 'State'; Value = 'failed', 'stale'; Seen = '192.0.2.1', '192.0.2.2', '192.0.2.3' }
            @{ Name = 'LinkLayerAddress'; Value = '02-00-00-00-00-01'; Seen = '192.0.2.1', 'fd00:2::1' }
            @{ Name = 'LinkLayerAddress'; Value = '02-00-00-00-00-0[2-4]'; Seen = '192.0.2.2', '192.0.2.4' }
            @{ Name = 'LinkLayerAddress'; Value = '02-00-00-00-00-1*'; Seen = '192.0.2.1' }
            @{ Name = 'AddressFamily'; Value = 'IPv6'; Seen = 'fd00:2::1' }
            @{ Name = 'Proxy'; Value = $true; Seen = '192.0.2.7' }
            @{ Name = 'PolicyStore'; Value = 'ActiveStore'; Seen = '192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', 'fd00:2::1' }
        ) {
            $given = @{ $Name = $Value }
            (Get-NetNeighbor @given -NetNamespace $ns | Sort-Object).IPAddress | Should -Be $Seen
        }

        It 'asks for one by its key' {
            (Get-NetNeighbor 192.0.2.1 -InterfaceAlias v1 -NetNamespace $ns).LinkLayerAddress | Should -Be '02:00:00:00:00:11'
            (Get-NetNeighbor 192.0.2.1 -InterfaceIndex $index -NetNamespace $ns).LinkLayerAddress | Should -Be '02:00:00:00:00:01'
            (Get-NetNeighbor 192.0.2.7 -InterfaceAlias v0 -Proxy -NetNamespace $ns).Proxy | Should -BeTrue
        }

        It 'has the properties of Windows and of Linux' {
            $read = Get-NetNeighbor fd00:2::1 -NetNamespace $ns
            "$($read.State) $($read.AddressFamily) $($read.PolicyStore) $($read.ifIndex) $($read.Router)" |
                Should -BeExactly "Permanent IPv6 ActiveStore $index True"
            (Get-NetNeighbor 192.0.2.3 -NetNamespace $ns).LinkLayerAddress | Should -BeNullOrEmpty
            (Get-NetNeighbor 192.0.2.4 -NetNamespace $ns).ExternallyLearned | Should -BeTrue
        }

        It 'takes interfaces and its own objects from the pipeline' {
            (Get-NetAdapter v1 -NetNamespace $ns | Get-NetNeighbor).IPAddress | Should -Be '192.0.2.1'
            $read = Get-NetNeighbor 192.0.2.2 -NetNamespace $ns
            $null = Invoke-Ip -n $ns neighbour change 192.0.2.2 lladdr 02:00:00:00:00:22 dev v0 nud permanent
            ($read | Get-NetNeighbor).LinkLayerAddress | Should -Be '02:00:00:00:00:22'
        }

        It 'is an error for an absent literal, silent for a wildcard' {
            { Get-NetNeighbor 192.0.2.99 -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'NeighborNotFound,*'
            { Get-NetNeighbor 192.0.2.99 -InterfaceAlias v0 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'NeighborNotFound,*'
            Get-NetNeighbor 192.0.99.* -NetNamespace $ns -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'refuses <Name> <Value>' -ForEach @(
            @{ Name = 'IPAddress'; Value = '192.0.2.'; Says = "*IPAddress '192.0.2.'*" }
            @{ Name = 'LinkLayerAddress'; Value = '02:00'; Says = $null }
            @{ Name = 'LinkLayerAddress'; Value = 'zz'; Says = "*LinkLayerAddress 'zz'*" }
            @{ Name = 'State'; Value = 'Dead'; Says = "*State*'Dead'*" }
            @{ Name = 'PolicyStore'; Value = 'PersistentStore'; Says = "*PolicyStore*'PersistentStore'*only 'ActiveStore'*" }
        ) {
            $given = @{ $Name = $Value }
            $call = { Get-NetNeighbor @given -NetNamespace $ns -ErrorAction Stop }
            if ($Says) { $call | Should -Throw $Says } else { & $call | Should -BeNullOrEmpty }
        }
    }

    Context 'New-NetNeighbor' {
        It 'adds what ip adds' {
            $made = New-NetNeighbor 192.0.2.9 -LinkLayerAddress 02-00-00-00-00-AB -InterfaceAlias v0 -NetNamespace $ns
            "$($made.IPAddress) $($made.LinkLayerAddress) $($made.State)" | Should -BeExactly '192.0.2.9 02:00:00:00:00:ab Permanent'
            $null = New-NetNeighbor fd00:2::9 -LinkLayerAddress 0200000000ab -InterfaceIndex $index -State Stale -Router -Protocol Static -NetNamespace $ns
            $null = New-NetNeighbor 192.0.2.10 -Proxy -InterfaceAlias v0 -NetNamespace $ns
            Get-NeighborText | Should -Contain '192.0.2.9 dev v0 lladdr 02:00:00:00:00:ab PERMANENT'
            Get-NeighborText 'show fd00:2::9' | Should -BeLike 'fd00:2::9 dev v0 lladdr 02:00:00:00:00:ab router STALE*'
            (Get-IpNeighbor 'show fd00:2::9').protocol | Should -Be 'static'
            Get-NeighborText 'show proxy' | Should -Contain '192.0.2.10 dev v0 proxy'
        }

        It 'is an error where an entry is there, proxy entries too' {
            $before = Get-NeighborText
            foreach ($call in {
                    New-NetNeighbor 192.0.2.1 -LinkLayerAddress 02:00:00:00:00:99 -InterfaceAlias v0 -NetNamespace $ns -ErrorAction Stop
                }, {
                    New-NetNeighbor 192.0.2.7 -Proxy -InterfaceAlias v0 -NetNamespace $ns -ErrorAction Stop
                }) {
                $call | Should -Throw -ErrorId 'NeighborAlreadyExists,*'
            }

            Get-NeighborText | Should -Be $before
        }

        It 'takes the place of a question that nobody answered' {
            (New-NetNeighbor 192.0.2.3 -LinkLayerAddress 02:00:00:00:00:33 -InterfaceAlias v0 -NetNamespace $ns).State |
                Should -Be Permanent
        }

        It 'replaces with -Force' {
            $null = New-NetNeighbor 192.0.2.1 -LinkLayerAddress 02:00:00:00:00:99 -InterfaceAlias v0 -NetNamespace $ns -Force
            Get-NeighborText 'show 192.0.2.1 dev v0' | Should -BeExactly '192.0.2.1 lladdr 02:00:00:00:00:99 PERMANENT'
            Get-NeighborText 'show 192.0.2.1 dev v1' | Should -BeLike '192.0.2.1 lladdr 02:00:00:00:00:11*'
        }

        It 'refuses before anything is touched: <Text>' -ForEach @(
            @{ Text = '192.0.2.20 -InterfaceAlias v0'; Says = "LinkLayerAddress is missing*'Permanent'*" }
            @{ Text = '192.0.2.20 -InterfaceAlias v0 -State Failed -LinkLayerAddress 02:00:00:00:00:20'; Says = "*'Unreachable' has none*" }
            @{ Text = '192.0.2.20 -InterfaceAlias v0 -LinkLayerAddress 02:00:00:00:00:20:21'; Says = '*7 bytes, and v0 takes 6*' }
            @{ Text = '192.0.2.20 -InterfaceAlias v0 -LinkLayerAddress 02:00'; Says = '*2 bytes, and v0 takes 6*' }
            @{ Text = '192.0.2.20 -InterfaceAlias lo -LinkLayerAddress 02:00:00:00:00:20'; Says = '*lo has no neighbors*' }
            @{ Text = '192.0.2.20/24 -InterfaceAlias v0 -LinkLayerAddress 02:00:00:00:00:20'; Says = '*192.0.2.20/24*is a network*' }
            @{ Text = '0.0.0.0 -InterfaceAlias v0 -LinkLayerAddress 02:00:00:00:00:20'; Says = "*'0.0.0.0'*" }
            @{ Text = '192.0.2.20 -LinkLayerAddress 02:00:00:00:00:20'; Says = 'InterfaceAlias or InterfaceIndex is missing*' }
            @{ Text = '192.0.2.20 -InterfaceAlias nope -LinkLayerAddress 02:00:00:00:00:20'; Says = "*'nope'*" }
            @{ Text = '192.0.2.20 -InterfaceAlias v0 -Router -LinkLayerAddress 02:00:00:00:00:20'; Says = '*only IPv6*' }
            @{ Text = '192.0.2.20 -InterfaceAlias v0 -AddressFamily IPv6 -LinkLayerAddress 02:00:00:00:00:20'; Says = "*not of AddressFamily 'IPv6'*" }
            @{ Text = '192.0.2.20 -InterfaceAlias v0 -PolicyStore PersistentStore -LinkLayerAddress 02:00:00:00:00:20'; Says = '*PersistentStore*' }
            @{ Text = '192.0.2.20 -InterfaceAlias v0 -Proxy -LinkLayerAddress 02:00:00:00:00:20'; Says = '*a proxy entry has none*' }
        ) {
            $before = Get-NeighborText
            foreach ($more in '', ' -WhatIf') {
                { & ([scriptblock]::Create("New-NetNeighbor $Text -NetNamespace $ns$more -ErrorAction Stop")) } | Should -Throw $Says
            }

            Get-NeighborText | Should -Be $before
        }
    }

    Context 'Set-NetNeighbor' {
        It 'changes address and state, and keeps the flags' {
            (Set-NetNeighbor fd00:2::1 -LinkLayerAddress 02:00:00:00:00:99 -NetNamespace $ns -PassThru).LinkLayerAddress |
                Should -Be '02:00:00:00:00:99'
            Set-NetNeighbor fd00:2::1 -State Stale -NetNamespace $ns | Should -BeNullOrEmpty
            Get-NeighborText 'show fd00:2::1' | Should -BeExactly 'fd00:2::1 dev v0 lladdr 02:00:00:00:00:99 router STALE'
        }

        It 'changes those piped in; one without address gets permanent' {
            Get-NetNeighbor -State Stale -NetNamespace $ns | Set-NetNeighbor -State Permanent
            (Get-IpNeighbor 'show nud permanent').dst | Should -Contain '192.0.2.2'
            (Set-NetNeighbor 192.0.2.3 -LinkLayerAddress 02:00:00:00:00:33 -NetNamespace $ns -PassThru).State | Should -Be Permanent
        }

        It 'refuses what is nowhere, in two places, or contradictory' {
            { Set-NetNeighbor 192.0.2.99 -State Stale -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'NeighborNotFound,*'
            { Set-NetNeighbor 192.0.2.1 -State Stale -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'NeighborAmbiguous,*'
            { Set-NetNeighbor 192.0.2.3 -State Stale -NetNamespace $ns -ErrorAction Stop } | Should -Throw '*LinkLayerAddress is missing*'
            { Set-NetNeighbor 192.0.2.7 -Proxy -State Stale -NetNamespace $ns -ErrorAction Stop } | Should -Throw '*proxy entry*'
        }
    }

    Context 'Remove-NetNeighbor' {
        It 'removes the dynamic ones of an interface alone' {
            (Remove-NetNeighbor -InterfaceAlias v0 -NetNamespace $ns -PassThru | Sort-Object).IPAddress |
                Should -Be '192.0.2.2', '192.0.2.3'
            (Get-NetAdapter v1 -NetNamespace $ns | Remove-NetNeighbor -PassThru).IPAddress | Should -Be '192.0.2.1'
            (Get-IpNeighbor).dst | Sort-Object | Should -Be '192.0.2.1', '192.0.2.4', '192.0.2.6', 'fd00:2::1'
        }

        It 'removes by <Text>' -ForEach @(
            @{ Text = '192.0.2.1 -InterfaceAlias v1'; Gone = '192.0.2.1' }
            @{ Text = '192.0.2.1 -Force'; Gone = '192.0.2.1', '192.0.2.1' }
            @{ Text = '192.0.2.[23]'; Gone = '192.0.2.2', '192.0.2.3' }
            @{ Text = '-State Failed'; Gone = '192.0.2.3' }
            @{ Text = '-LinkLayerAddress 02-00-00-00-00-01'; Gone = '192.0.2.1', 'fd00:2::1' }
            @{ Text = '-LinkLayerAddress 02-00-00-00-00-01 -AddressFamily IPv6'; Gone = 'fd00:2::1' }
            @{ Text = '192.0.2.7 -Proxy'; Gone = '192.0.2.7' }
            @{ Text = '-InterfaceAlias v0 -Proxy'; Gone = '192.0.2.7' }
            @{ Text = '-InterfaceAlias v0 -State Reachable'; Gone = '192.0.2.4' }
        ) {
            $removed = & ([scriptblock]::Create("Remove-NetNeighbor $Text -NetNamespace $ns -PassThru"))
            ($removed | Sort-Object).IPAddress | Should -Be $Gone
            $removed | Get-NetNeighbor -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }

        It 'removes nothing without a selector: <Text>' -ForEach @(
            @{ Text = '-AddressFamily IPv4' }, @{ Text = '-Proxy' }, @{ Text = '-Force' }
        ) {
            { & ([scriptblock]::Create("Remove-NetNeighbor $Text -NetNamespace $ns -ErrorAction Stop")) } |
                Should -Throw 'Nothing says which neighbors*' -ErrorId 'InvalidArgument,*'
            Get-IpNeighbor | Should -HaveCount 7
        }

        It 'refuses a literal on two interfaces, and one that is nowhere' {
            { Remove-NetNeighbor 192.0.2.1 -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'NeighborAmbiguous,*'
            { Remove-NetNeighbor 192.0.2.99 -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'NeighborNotFound,*'
            $read = Get-NetNeighbor 192.0.2.2 -NetNamespace $ns
            $read | Remove-NetNeighbor
            foreach ($more in @{}, @{ WhatIf = $true }) {
                { $read | Remove-NetNeighbor @more -ErrorAction Stop } | Should -Throw -ErrorId 'NeighborNotFound,*'
            }
        }

        It 'does nothing under -WhatIf' {
            $before = Get-NeighborText
            Remove-NetNeighbor -InterfaceAlias v0 -NetNamespace $ns -WhatIf
            Set-NetNeighbor 192.0.2.2 -State Permanent -NetNamespace $ns -WhatIf
            New-NetNeighbor 192.0.2.20 -LinkLayerAddress 02:00:00:00:00:20 -InterfaceAlias v0 -NetNamespace $ns -WhatIf
            Get-NeighborText | Should -Be $before
        }

        It 'removes one row by its address, not all of its interface' {
            [pscustomobject]@{ IPAddress = '192.0.2.2'; InterfaceAlias = 'v0' } | Remove-NetNeighbor -NetNamespace $ns
            (Get-IpNeighbor).dst | Should -Not -Contain '192.0.2.2'
            (Get-IpNeighbor).dst | Should -Contain '192.0.2.3'
            { [pscustomobject]@{ IPAddress = '*'; InterfaceAlias = 'v0' } | Remove-NetNeighbor -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'InvalidArgument,*'
        }

        It 'does not take an address for the neighbor of it' {
            { Get-NetIPAddress 192.0.2.5 -NetNamespace $ns | Remove-NetNeighbor -ErrorAction Stop } |
                Should -Throw '*neither a whole NetNeighbor nor an interface*'
            Get-IpNeighbor | Should -HaveCount 7
        }
    }

    Context 'objects copied by <Way>' -ForEach $copies {
        BeforeAll {
            function Get-Copy { process { $_ | ForEach-Object $Copy } }
        }

        It 'come back as they were, here and in another namespace' {
            $before = (Get-NeighborText) -notmatch 'REACHABLE|DELAY|PROBE'
            $proxies = Get-NeighborText 'show proxy'
            $read = @(Get-NetNeighbor 192.*, fd00:* -NetNamespace $ns) + @(Get-NetNeighbor -Proxy -NetNamespace $ns)
            $copied = $read | Get-Copy
            $copied | Remove-NetNeighbor
            Get-IpNeighbor | Should -BeNullOrEmpty
            $null = $copied | New-NetNeighbor
            (Get-NeighborText) -notmatch 'REACHABLE|DELAY|PROBE' | Should -Be $before
            Get-NeighborText 'show proxy' | Should -Be $proxies
            $first, $second = $ns, (Get-FreshNamespace -Link)
            try {
                $null = $copied | New-NetNeighbor -NetNamespace $second
                $ns = $second
                (Get-NeighborText) -notmatch 'REACHABLE|DELAY|PROBE' | Should -Be $before
            }
            finally {
                $ns = $first
                Remove-IfThere $second
            }
        }
    }

    It 'is equal while it ages, and not with another address' {
        $before = Get-NetNeighbor 192.0.2.2, 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns
        $null = Invoke-Ip -n $ns neighbour change 192.0.2.2 lladdr 02:00:00:00:00:02 dev v0 nud reachable
        Compare-Object $before (Get-NetNeighbor 192.0.2.2, 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns) | Should -BeNullOrEmpty
        $null = Invoke-Ip -n $ns neighbour change 192.0.2.1 lladdr 02:00:00:00:00:99 dev v0
        @(Compare-Object $before (Get-NetNeighbor 192.0.2.2, 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns)) | Should -HaveCount 2
    }

    It 'is refused where its interface was replaced' {
        $read = Get-NetNeighbor 192.0.2.2 -NetNamespace $ns
        Invoke-Ip -n $ns link set v0 down
        Invoke-Ip -n $ns link set v0 name other
        { $read | Remove-NetNeighbor -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound,*'
    }

    It 'makes and removes 1,000 in few exchanges' {
        $rows = 1..1000 | ForEach-Object {
            [pscustomobject]@{ IPAddress = "192.168.$($_ -shr 8).$($_ -band 255)"; LinkLayerAddress = '02:00:00:00:10:01' }
        }
        @($rows | New-NetNeighbor -InterfaceAlias v0 -NetNamespace $ns) | Should -HaveCount 1000
        @(Get-NetNeighbor 192.168.* -NetNamespace $ns) | Should -HaveCount 1000
        Get-NetNeighbor 192.168.* -NetNamespace $ns | Remove-NetNeighbor
        Get-NetNeighbor 192.168.* -NetNamespace $ns | Should -BeNullOrEmpty
    }

    It '<Command> <Typed> offers <Offered>' -ForEach @(
        @{ Command = 'Get-NetNeighbor'; Typed = 'fd'; Offered = 'fd00:2::1' }
        @{ Command = 'Remove-NetNeighbor'; Typed = '-IPAddress 192.0.2.2'; Offered = '192.0.2.2' }
        @{ Command = 'Get-NetNeighbor'; Typed = '-LinkLayerAddress 02:00:00:00:00:1'; Offered = '02:00:00:00:00:11' }
        @{ Command = 'Get-NetNeighbor'; Typed = '-State Unr'; Offered = 'Unreachable' }
    ) {
        (TabExpansion2 "$Command -NetNamespace $ns $Typed").CompletionMatches.CompletionText | Should -BeExactly $Offered
    }
}
